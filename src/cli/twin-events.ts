/** When in a virtual phone's run something was. */
type TwinStageLine = {
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
};

/** A request for a file, once it is known what became of it. */
export type TwinRequest = TwinStageLine & {
  readonly event: 'request';
  readonly path: string;
  readonly outcome: string;
  readonly bytes: number;
  /** TFTP where it is not said. */
  readonly protocol?: string;
};

/** A request for the time, once it is known what became of it. */
export type TwinTime = TwinStageLine & {
  readonly event: 'time';
  readonly server: string;
  readonly outcome: 'set' | 'refused' | 'silent';
  readonly because?: string;
  /** Milliseconds by which its clock was behind. */
  readonly behindMs?: number;
  readonly stratum?: number;
};

export type TwinEnd = {
  readonly event: 'end';
  readonly state: 'idle' | 'stuck';
  readonly display: string;
  readonly protocol: string;
  readonly image: string;
  readonly loader: string;
  readonly boots: number;
  /** Why it is stuck. */
  readonly because?: string;
  /** Of a phone that spoke SIP: what became of its lines. */
  readonly lines?: readonly TwinLineState[];
  /** Times that a NOTIFY restarted it. */
  readonly restarts?: number;
};

/** A line's registration at the end. */
export type TwinLineState = {
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered' | 'registering';
  /** `ADDRESS:PORT` that answered, or did not. */
  readonly peer?: string;
  readonly because?: string;
};

/** What every line of a virtual phone's SIP has. */
type TwinSipLine = { readonly at: number; readonly boot: number };

/** A SIP message that a virtual phone sent or got, repeated ones too. */
export type TwinSipMessage = TwinSipLine & {
  readonly event: 'sip';
  readonly from: 'phone' | 'peer';
  readonly peer: string;
  readonly method: string;
  readonly status?: number;
  readonly reason?: string;
  readonly callId?: string;
  /** Of a NOTIFY. */
  readonly package?: string;
};

/** What became of a registration. */
export type TwinRegistration = TwinSipLine & {
  readonly event: 'registration';
  /** What the phone runs. */
  readonly image: string;
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered';
  readonly peer?: string;
  /** Seconds. */
  readonly expires?: number;
  readonly because?: string;
};

/** A call of a virtual phone. */
export type TwinCall = TwinSipLine & {
  readonly event: 'call';
  readonly line: string;
  readonly caller: string;
  readonly state: 'ringing' | 'answered' | 'ended' | 'refused';
  readonly because?: string;
};

/** What a NOTIFY has come to. */
export type TwinRestart = TwinSipLine & { readonly event: 'restart'; readonly text: string };

export type TwinSipEvent = TwinSipMessage | TwinRegistration | TwinCall | TwinRestart;

/** A DHCP message that a virtual phone sent or got. Addresses are dotted. */
export type TwinDhcpMessage = TwinStageLine & {
  readonly event: 'dhcp';
  readonly message: string;
  readonly from: 'phone' | 'server';
  readonly server?: string;
  /** Asked for, offered, given. */
  readonly address?: string;
  readonly leaseSeconds?: number;
  /** What the phone takes for its TFTP server, and from where. */
  readonly tftp?: string;
  readonly tftpFrom?: string;
  /** Why it was sent, or is not taken. */
  readonly because?: string;
};

/** What an IP Phone 2004 and its UNIStim server said to each other, or at a transfer by UFTP. */
export type TwinUnistim = TwinStageLine & {
  readonly event: 'unistim';
  readonly from: 'phone' | 'server';
  /** `ADDRESS:PORT` of the server. */
  readonly peer: string;
  readonly text: string;
};

/** Anything else that a virtual phone shows or does, in words. */
export type TwinNews = {
  readonly event: 'display' | 'stage' | 'flash' | 'reboot' | 'refused';
  readonly text: string;
  /** Of `flash`: SHA-256 of the file that was stored, in hexadecimal, where the phone tells it. */
  readonly sha256?: string;
};

/** What a virtual phone tells while it runs. */
export type TwinLine =
  TwinRequest | TwinTime | TwinDhcpMessage | TwinSipEvent | TwinUnistim | TwinNews | TwinEnd;
