import {messageOf} from '../../../common/errors';
import {texts} from '../../texts';

/** Asked for; what the camera has is taken. */
const WIDTH = 1920;

/**
 * The pictures of the camera that looks away from the visitor, where there are two. The browser asks for permission.
 * @throws Error that says why there are none.
 */
export async function openCamera(): Promise<MediaStream> {
  // Not there on plain http.
  const {mediaDevices} = navigator as {mediaDevices?: MediaDevices};
  if (!mediaDevices?.getUserMedia) throw new Error(isSecureContext ? texts.own.noCamera : texts.own.insecure);
  try {
    return await mediaDevices.getUserMedia({video: {facingMode: 'environment', width: {ideal: WIDTH}}, audio: false});
  } catch (error) {
    throw new Error(reasonOf(error), {cause: error});
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return texts.own.cameraRefused;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return texts.own.noCamera;
  return texts.own.cameraFailed(messageOf(error));
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What a video shows now, as a picture. */
export async function pictureOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(texts.own.noPicture);
  return blob;
}
