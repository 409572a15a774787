import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {digitsFile, digitsOfFile} from '../../own/file';
import {digitsLink, latestThatFit, MOST_LINKED} from '../../own/link';
import {texts} from '../../texts';
import {copied} from '../parts/copied';
import {download} from '../parts/download';
import {FileDrop} from '../parts/file-drop';
import {QrCode} from '../parts/qr-code';
import {announcement, busy, tell} from '../store';
import {addOwn, own} from './digits';

/** Characters of a code that the camera of a phone still reads from a screen: of version 30, with the least correction. */
const MOST_CHARACTERS = 1732;

interface Made {
  link: string;
  linked: number;
  code: {count: number; address: string} | undefined;
  said: string;
}

/** The digits to take along: as a link, a code and a file. */
export function Share() {
  return (
    <div class="own-part">
      <h3>{texts.own.share}</h3>
      <p class="soft">{texts.own.shareExplained}</p>
      <Link />
      <h4>{texts.own.file}</h4>
      <File />
    </div>
  );
}

function Link() {
  const made = useSignal<Made | undefined>(undefined);
  const all = own.value;
  // Of the digits as they were when it was asked for.
  useEffect(() => {
    made.value = undefined;
  }, [all]);
  const make = async () => {
    const addressOf = (hash: string) => new URL(hash, location.href).href;
    const linked = Math.min(all.length, MOST_LINKED);
    const link = addressOf(await digitsLink(all.slice(-linked)));
    const code = await latestThatFit(all, addressOf, MOST_CHARACTERS);
    made.value = {link, linked, code, said: await copied(link, texts.network.linkCopied)};
  };
  return (
    <>
      <p class="buttons">
        <button type="button" disabled={all.length === 0} onClick={make}>
          {texts.own.shareButton}
        </button>
      </p>
      {made.value && <MadeLink made={made.value} all={all.length} />}
    </>
  );
}

function MadeLink({made: {link, linked, code, said}, all}: {made: Made; all: number}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (said === texts.network.byHand) field.current?.select();
  }, [link]);
  return (
    <div class="own-link">
      <p>
        {texts.own.linkHolds(linked, all)} {said}
      </p>
      <input ref={field} type="text" readOnly aria-label={texts.own.link} value={link} />
      {code && (
        <>
          <p>{texts.own.codeHolds(code.count, all)}</p>
          <QrCode text={code.address} label={texts.own.code(code.count)} />
        </>
      )}
    </div>
  );
}

function File() {
  const save = () => {
    const content = new Blob([digitsFile(own.value)], {type: 'application/json'});
    download({name: 'my-digits.json', content});
    announcement.value = texts.own.saved;
  };
  const open = async (files: readonly globalThis.File[]) => {
    try {
      for (const file of files) await addOwn(digitsOfFile(await file.text()));
    } catch (error) {
      tell(error);
    }
  };
  return (
    <>
      <p class="buttons">
        <button type="button" disabled={own.value.length === 0} onClick={save}>
          {texts.own.save}
        </button>
      </p>
      <FileDrop label={texts.own.open} hint={texts.own.openHint} accept=".json" disabled={busy.value} onFiles={open} />
    </>
  );
}
