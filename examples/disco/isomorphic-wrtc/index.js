export {default} from '@roamhq/wrtc';
