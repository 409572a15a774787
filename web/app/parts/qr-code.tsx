import './qr-code.css';
import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {texts} from '../../texts';

/** Bytes of the largest code, with the least correction. */
const MOST = 2953;
/** Modules of paper around a code, by its standard. */
const QUIET = 4;
/** Addresses of each machine itself. */
const LOCAL = /^(localhost|127\.|\[::1\])/;

interface Props {
  text: string;
  /** What a screen reader says. */
  label: string;
}

/** A text, such as a link, for the camera of a phone. */
export function QrCode({text, label}: Props) {
  const modules = useSignal<boolean[][] | undefined>(undefined);
  const isTooLong = text.length > MOST;
  useEffect(() => {
    let isWanted = !isTooLong;
    // Rarely asked for, and of some size.
    const encode = async () => {
      const {encodeQR} = await import('qr');
      if (isWanted) modules.value = encodeQR(text, 'raw', {ecc: 'low', border: QUIET});
    };
    if (isWanted) encode();
    return () => {
      isWanted = false;
    };
  }, [text]);
  if (isTooLong) return <p class="soft">{texts.code.tooLong}</p>;
  const side = modules.value?.length ?? 1;
  return (
    <>
      {LOCAL.test(location.hostname) && <p class="soft">{texts.code.localhost}</p>}
      <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges">
        <path d={(modules.value ?? []).map(rowPath).join('')} />
      </svg>
    </>
  );
}

/** The dark modules of a row, those in a row as one. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x++;
    const length = x - start + 1;
    path += `M${start} ${y}h${length}v1h-${length}z`;
  }
  return path;
}
