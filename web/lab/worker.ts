/** The page's worker: everything that computes, so that the page itself stays free. */
import {expose} from 'comlink';
import {Lab} from './lab';

expose(new Lab());
