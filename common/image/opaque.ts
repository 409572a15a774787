export {opaque} from '../../src/shared/opaque';
