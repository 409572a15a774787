import {init_arctangent} from './elementwise/double/arctangent';
import {init_erf} from './elementwise/double/erf';
import {init_exponential} from './elementwise/double/exponential';
import {init_hyperbolic} from './elementwise/double/hyperbolic';
import {init_trigonometric} from './elementwise/double/trigonometric';
import {init_math} from './math';
import {HEAP_BASE} from './memory';

/** Clears the area below the heap and fills the constants. Called once for each memory, before any kernel. */
export function init(): void {
  memory.fill(0, 0, HEAP_BASE);
  init_math();
  init_exponential();
  init_hyperbolic();
  init_arctangent();
  init_erf();
  init_trigonometric();
}
