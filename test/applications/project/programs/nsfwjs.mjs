import {MobileNetV2Model} from 'nsfwjs/models/mobilenet_v2';
import {loadClassifier} from '../classifier.mjs';

export const load = (tf) => loadClassifier(tf, 'MobileNetV2', MobileNetV2Model);
