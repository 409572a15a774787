import {WHOLE} from '../../break/changes';
import {texts} from '../../texts';
import {changes} from '../store';

export function BackToWhole({disabled}: {disabled?: boolean}) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={() => {
        changes.value = WHOLE;
      }}
    >
      {texts.break.back}
    </button>
  );
}
