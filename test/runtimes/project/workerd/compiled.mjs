/** Compiled models alone, without tfjs. */
import {runCompiledSuite} from '../suite.mjs';
import {answerWith, load} from './host.mjs';

export default answerWith((fixture) => runCompiledSuite({load, fixture, level: 'relaxed', fused: true}));
