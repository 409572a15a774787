import {InceptionV3Model} from 'nsfwjs/models/inception_v3';
import {loadClassifier} from '../classifier.mjs';

export const load = (tf) => loadClassifier(tf, 'InceptionV3', InceptionV3Model);
