export {pngFile} from '../../src/shared/png-file';
