import {type ReadonlySignal, useSignal} from '@preact/signals';
import type {RefObject} from 'preact';
import {useEffect, useRef} from 'preact/hooks';

/** Whether an element can be seen: what cannot is not computed. */
export function useOnScreen(): {ref: RefObject<HTMLDivElement | null>; visible: ReadonlySignal<boolean>} {
  const ref = useRef<HTMLDivElement>(null);
  const visible = useSignal(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      visible.value = entries.at(-1)?.isIntersecting ?? false;
    });
    observer.observe(ref.current as HTMLElement);
    return () => observer.disconnect();
  }, []);
  return {ref, visible};
}
