import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {registerFileHandler} from 'mnist-wasm/node';
import {melody, PACKAGES} from '../inputs.mjs';

/** Of a scale of C major. */
const NOTES = [60, 62, 64, 65, 67];

export async function load() {
  registerFileHandler();
  const {BasicPitch, outputToNotesPoly, noteFramesToTime} = createRequire(import.meta.url)('@spotify/basic-pitch');
  const basicPitch = new BasicPitch(pathToFileURL(path.join(PACKAGES, '@spotify/basic-pitch/model/model.json')).href);
  await basicPitch.model;
  const sound = melody(NOTES);
  return {
    async run() {
      const frames = [];
      const onsets = [];
      const contours = [];
      const keep = (f, o, c) => {
        frames.push(...f);
        onsets.push(...o);
        contours.push(...c);
      };
      await basicPitch.evaluateModel(sound, keep, () => {});
      const notes = noteFramesToTime(outputToNotesPoly(frames, onsets, 0.5, 0.3, 5));
      notes.sort((a, b) => a.startTimeSeconds - b.startTimeSeconds || a.pitchMidi - b.pitchMidi);
      return {
        answers: notes.map(({pitchMidi, startTimeSeconds}) => `${pitchMidi} at ${startTimeSeconds.toFixed(2)} s`),
        values: {frames: frames.flat(), onsets: onsets.flat(), contours: contours.flat()},
      };
    },
  };
}
