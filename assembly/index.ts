/** The ABI: every function that TypeScript may call, one line a file. */
export {heap_base, init, params_offset} from './memory';
export * from './layout/copy';
