import {useSignal, useSignalEffect} from '@preact/signals';
import {useRef} from 'preact/hooks';
import {kerasCode} from '../../network/code/keras';
import {tfjsCode} from '../../network/code/tfjs';
import type {NetworkSpec} from '../../network/spec';
import {texts} from '../../texts';
import {copied} from '../parts/copied';
import {QrCode} from '../parts/qr-code';
import {Scroll} from '../parts/scroll';
import {addressOf} from './address';
import {Choice} from './fields';

const WRITERS = {tfjs: tfjsCode, keras: kerasCode};
type Language = keyof typeof WRITERS;

/** The network to take along: as a link, and as code. */
export function Share({spec}: {spec: NetworkSpec}) {
  return (
    <div class="share">
      <CopyLink spec={spec} />
      <details>
        <summary>{texts.network.code}</summary>
        <Code spec={spec} />
      </details>
    </div>
  );
}

function CopyLink({spec}: {spec: NetworkSpec}) {
  const link = useSignal('');
  const said = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  // Of the network as it was when the link was asked for.
  const asked = useRef(spec);
  if (asked.current !== spec) {
    asked.current = spec;
    link.value = '';
  }
  const copyLink = async () => {
    link.value = await addressOf(spec);
    said.value = await copied(link.value, texts.network.linkCopied);
  };
  useSignalEffect(() => {
    if (link.value && said.value === texts.network.byHand) field.current?.select();
  });
  return (
    <div class="copy-link">
      <button type="button" onClick={copyLink}>
        {texts.network.copyLink}
      </button>
      <p class="soft">{link.value ? said.value : texts.network.linkNote}</p>
      {link.value && <input ref={field} type="text" readOnly aria-label={texts.network.link} value={link.value} />}
      {link.value && <QrCode text={link.value} label={texts.code.network} />}
    </div>
  );
}

function Code({spec}: {spec: NetworkSpec}) {
  const language = useSignal<Language>('tfjs');
  const said = useSignal('');
  const code = WRITERS[language.value](spec);
  return (
    <>
      <div class="controls">
        <Choice
          label={texts.network.codeFor}
          value={language.value}
          options={Object.keys(WRITERS)}
          titles={texts.network.codeOf}
          disabled={false}
          onChange={(value) => {
            language.value = value as Language;
          }}
        />
        <button
          type="button"
          onClick={async () => {
            said.value = await copied(code, texts.network.codeCopied);
          }}
        >
          {texts.network.copyCode}
        </button>
      </div>
      <p class="soft">{said.value}</p>
      <Scroll label={texts.network.code}>
        <pre>{code}</pre>
      </Scroll>
    </>
  );
}
