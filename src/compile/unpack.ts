import type Binaryen from 'binaryen';
import type {Layout} from './layout.js';
import type {PackedWeight} from './weights.js';

type Module = Binaryen.Module;

/** Has a module unpack its weights when it is instantiated, after what it does then by itself: the kernels set their globals. */
export function unpackAtStart(binaryen: typeof Binaryen, module: Module, packed: PackedWeight[], layout: Layout): void {
  if (packed.length === 0) return;
  const {i32, call} = module;
  addUnpackFloat16(binaryen, module);
  addUnpackInt8(binaryen, module);
  const calls = packed.map(({data, scales, offset, elements, columns}) => {
    const from = i32.const(layout.constant(data));
    const [to, end] = [i32.const(offset), i32.const(offset + elements * 4)];
    if (!scales) return call('unpack_float16', [from, to, end], binaryen.none);
    const factors = i32.const(layout.constant(new Uint8Array(scales.buffer)));
    return call('unpack_int8', [from, to, end, factors, i32.const(columns * 4)], binaryen.none);
  });
  const own = module.getStart();
  if (own) calls.unshift(call(binaryen.getFunctionInfo(own).name, [], binaryen.none));
  const start = module.addFunction('unpack', binaryen.none, binaryen.none, [], module.block(null, calls));
  module.setStart(start);
}

/** (from, to, end): magnitude and exponent are moved to float32's places, and 2^112 is what the exponents differ by. */
function addUnpackFloat16(binaryen: typeof Binaryen, module: Module): void {
  const {i32, f32, local} = module;
  const [from, to, end, half] = [0, 1, 2, 3];
  const get = (index: number) => local.get(index, binaryen.i32);
  const bits = i32.shl(i32.and(get(half), i32.const(0x7fff)), i32.const(13));
  const magnitude = f32.mul(f32.reinterpret(bits), f32.const(2 ** 112));
  const sign = f32.reinterpret(i32.shl(get(half), i32.const(16)));
  const body = [
    local.set(half, i32.load16_u(0, 2, get(from))),
    f32.store(0, 4, get(to), f32.copysign(magnitude, sign)),
    local.set(from, i32.add(get(from), i32.const(2))),
  ];
  const params = binaryen.createType([binaryen.i32, binaryen.i32, binaryen.i32]);
  module.addFunction('unpack_float16', params, binaryen.none, [binaryen.i32], toEnd(binaryen, module, body, to, end));
}

/** (from, to, end, factors, bytes of the factors). */
function addUnpackInt8(binaryen: typeof Binaryen, module: Module): void {
  const {i32, f32, local} = module;
  const [from, to, end, factors, period, at] = [0, 1, 2, 3, 4, 5];
  const get = (index: number) => local.get(index, binaryen.i32);
  const factor = f32.load(0, 4, i32.add(get(factors), get(at)));
  const body = [
    f32.store(0, 4, get(to), f32.mul(f32.convert_s.i32(i32.load8_s(0, 1, get(from))), factor)),
    local.set(from, i32.add(get(from), i32.const(1))),
    local.set(at, i32.add(get(at), i32.const(4))),
    module.if(i32.eq(get(at), get(period)), local.set(at, i32.const(0))),
  ];
  const params = binaryen.createType([binaryen.i32, binaryen.i32, binaryen.i32, binaryen.i32, binaryen.i32]);
  module.addFunction('unpack_int8', params, binaryen.none, [binaryen.i32], toEnd(binaryen, module, body, to, end));
}

/** Repeats a body for each float from `to` to `end`, of which there is one at least. */
function toEnd(binaryen: typeof Binaryen, module: Module, body: number[], to: number, end: number): number {
  const {i32, local} = module;
  const next = local.tee(to, i32.add(local.get(to, binaryen.i32), i32.const(4)), binaryen.i32);
  const again = module.br('next', i32.ne(next, local.get(end, binaryen.i32)));
  return module.loop('next', module.block(null, [...body, again]));
}
