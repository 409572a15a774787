import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {messageOf} from '../../../common/errors';
import {texts} from '../../texts';
import {FileDrop} from '../parts/file-drop';
import {announcement, busy} from '../store';
import {closeCamera, openCamera, pictureOf} from './camera';
import {Candidates} from './candidates';
import {look, looking} from './photo';

/** Digits on paper, by a file, the clipboard or the camera. */
export function Photograph() {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const pictures = [...(event.clipboardData?.files ?? [])].filter(({type}) => type.startsWith('image/'));
      if (pictures.length === 0 || busy.value) return;
      event.preventDefault();
      look(pictures);
      document.getElementById('own-photo')?.scrollIntoView({block: 'center'});
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  return (
    <div class="own-part" id="own-photo">
      <h3>{texts.own.photo}</h3>
      <p class="soft">{texts.own.photoExplained}</p>
      <FileDrop
        label={texts.own.choosePhoto}
        hint={texts.own.photoHint}
        accept="image/*"
        disabled={busy.value}
        onFiles={look}
      />
      <Camera />
      {looking.value && <p>{texts.own.looking}</p>}
      <Candidates />
    </div>
  );
}

function Camera() {
  const stream = useSignal<MediaStream | undefined>(undefined);
  const failed = useSignal('');
  const video = useRef<HTMLVideoElement>(null);
  const close = () => {
    if (stream.value) closeCamera(stream.value);
    stream.value = undefined;
  };
  // The camera's light goes out with the page's section.
  useEffect(() => close, []);
  const open = async () => {
    failed.value = '';
    try {
      stream.value = await openCamera();
      announcement.value = texts.own.cameraOn;
    } catch (error) {
      failed.value = messageOf(error);
    }
  };
  const shoot = async () => {
    const picture = await pictureOf(video.current as HTMLVideoElement);
    close();
    await look([picture]);
  };
  if (!stream.value) {
    return (
      <>
        <p class="buttons">
          <button key="open" type="button" disabled={busy.value} onClick={open}>
            {texts.own.camera}
          </button>
        </p>
        {failed.value && (
          <p class="camera-failed" role="alert">
            {failed.value}
          </p>
        )}
      </>
    );
  }
  const now = stream.value;
  return (
    <div class="camera">
      <video
        ref={(element) => {
          video.current = element;
          if (element && element.srcObject !== now) element.srcObject = now;
        }}
        aria-label={texts.own.cameraPicture}
        autoplay
        playsInline
        muted
      />
      <p class="buttons">
        <button key="shoot" type="button" class="primary" disabled={busy.value} onClick={shoot}>
          {texts.own.shoot}
        </button>
        <button key="close" type="button" onClick={close}>
          {texts.own.closeCamera}
        </button>
      </p>
    </div>
  );
}
