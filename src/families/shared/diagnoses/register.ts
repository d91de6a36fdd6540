import type { Diagnosis, DiagnosisMatch } from '../../../model/diagnosis.ts';
import { matchOf, seenOf, shownBy, times } from '../../../model/story-questions.ts';
import type { Observation } from '../../../model/observation.ts';
import type { PhoneStory } from '../../../model/story.ts';

type Registering = {
  readonly asked: readonly Observation[];
  readonly answers: readonly { readonly status: number; readonly answer: Observation }[];
  /** Of the last answer that is not provisional. */
  readonly status: number | undefined;
  readonly user: string;
};

/** What a row makes of it. */
type Judge = (
  registering: Registering,
) => { readonly text: string; readonly score: number } | undefined;

function registering({ observations }: PhoneStory): Registering {
  const seen = seenOf(observations, 'sip').filter(
    ({ happening }) => happening.method === 'REGISTER',
  );
  const answers = seen.flatMap((answer) => {
    const { status, from } = answer.happening;
    return from === 'server' && status !== undefined && status >= 200 ? [{ status, answer }] : [];
  });
  const asked = seen.filter(({ happening }) => happening.from === 'phone');
  const user = seen.find(({ happening }) => happening.user !== undefined)?.happening.user;
  return { asked, answers, status: answers.at(-1)?.status, user: user ?? 'its line' };
}

function judged(judge: Judge): Diagnosis['matches'] {
  return (story): DiagnosisMatch | undefined => {
    const found = registering(story);
    const verdict = judge(found);
    if (!verdict) return undefined;
    const bad = found.answers.filter(({ status }) => status >= 300).map(({ answer }) => answer);
    const shown = [...found.asked.slice(0, 1), ...bad].toSorted((a, b) => a.at - b.at);
    return matchOf(shown.map(shownBy), verdict.text, verdict.score);
  };
}

const shows = 'a cross or phone sign with an x beside its line; it can neither call nor be called';

export const registerSilent: Diagnosis = {
  code: 'register-silent',
  severity: 'error',
  title: 'Registration that nobody answers',
  consequence: shows,
  cure: 'see that the proxy address and port in its configuration are those of the PBX, that the PBX listens on UDP 5060 there, and that no firewall or fail2ban drops this phone',
  matches: judged(({ asked, answers, user }) =>
    answers.length === 0 && asked.length >= 2
      ? {
          text: `it tried to register ${user} ${times(asked.length)}, and nobody answered`,
          score: 0.85,
        }
      : undefined,
  ),
};

export const registerPassword: Diagnosis = {
  code: 'register-password-wrong',
  severity: 'error',
  title: 'Registration with a wrong password',
  consequence: shows,
  cure: 'make line1_authname and line1_password (authName and authPassword) those of the PBX; no blanks around them, at most 31 characters, some loads read 8 only; then look whether fail2ban has shut the phone out; where it registers with this server, restart it, so that it reads the password that is set here',
  matches: judged(({ answers, status, user }) => {
    const refused = answers.filter((each) => each.status === 401 || each.status === 407).length;
    if (status !== 401 && status !== 407) return undefined;
    // The first 401 only asks for the password.
    const text = `the registrar asked for the password of ${user} ${times(refused)} and took none`;
    return { text, score: refused >= 2 ? 0.85 : 0.3 };
  }),
};

export const registerForbidden: Diagnosis = {
  code: 'register-forbidden',
  severity: 'error',
  title: 'Registration that is forbidden',
  consequence: shows,
  cure: 'a PBX knows the line and does not let it register: look at the password, at the addresses or networks that it may come from (permit, deny), and at how many may register it; this server says why in Warning: set line1_password where the line has none, proxy1_address where its settings name another server, and give a line ten contacts at most',
  matches: judged(({ status, user }) =>
    status === 403
      ? { text: `the registrar forbids ${user} to register (403)`, score: 0.9 }
      : undefined,
  ),
};

export const registerUnknown: Diagnosis = {
  code: 'register-unknown-user',
  severity: 'error',
  title: 'Registration of a line that nobody knows there',
  consequence: shows,
  cure: 'make line1_name (name of the line) an extension of the PBX, and proxy1_address its domain or address; where it registers with this server, set line1_name of the phone to the line that it has',
  matches: judged(({ status, user }) =>
    status === 404 ? { text: `the registrar does not know ${user} (404)`, score: 0.9 } : undefined,
  ),
};

const ownRows: readonly number[] = [401, 403, 404, 407];

export const registerRejected: Diagnosis = {
  code: 'register-rejected',
  severity: 'error',
  title: 'Registration that is rejected',
  consequence: shows,
  cure: '408, 480 and 5xx: the PBX or what it asks is not well; 423: make timer_register_expires longer; 3xx: it sends the phone elsewhere; 400 and 488: its log says what it does not understand; where it registers with this server, serve says what was wrong, and 500 means that its disk took nothing',
  matches: judged(({ status, user }) =>
    status !== undefined && status >= 300 && !ownRows.includes(status)
      ? { text: `the registrar answers ${status} to the registration of ${user}`, score: 0.8 }
      : undefined,
  ),
};
