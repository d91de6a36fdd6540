import type { ValueType } from '../../../../model/parameter.ts';

/** Whether a value is surely right; where it says no, `valueProblem` has the last word. */
export type QuickCheck = (value: string) => boolean;

const digits = /^\d{1,9}$/;
const plainName = /^(?=.*[a-z])[a-z0-9]+(?:[.-][a-z0-9]+)*$/i;
const plainUrl = /^https?:\/\/[a-z0-9.-]+(?::\d{1,4})?(?:\/[\w.~%/?#=&-]*)?$/i;

/** `valueProblem` finds words for what is wrong; most values are right, and files have hundreds. */
export function quickCheck(type: ValueType): QuickCheck {
  switch (type.kind) {
    case 'integer': {
      const { min, max = Infinity } = type;
      return (value) => digits.test(value) && Number(value) >= min && Number(value) <= max;
    }
    case 'choice': {
      const allowed = new Set(type.values.map(([value]) => value));
      return (value) => allowed.has(value);
    }
    case 'text': {
      const { most = Infinity, blanks } = type;
      if (blanks !== false) return (value) => value.length <= most;
      return (value) => value.length <= most && !/\s/.test(value);
    }
    case 'address':
      return (value) => type.names && value.length < 100 && plainName.test(value);
    case 'url': {
      const { most = Infinity } = type;
      return (value) => value.length <= most && plainUrl.test(value);
    }
    case 'image':
      return () => false;
    case 'form':
      return (value) => type.pattern.test(value);
  }
}
