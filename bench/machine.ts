import os from 'node:os';
import {processorName} from '../common/node/processor';

export interface Machine {
  cpu: string;
  platform: string;
  node: string;
  v8: string;
}

export function thisMachine(): Machine {
  return {
    cpu: processorName(),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

export function describeMachine({cpu, platform, node, v8}: Machine): string {
  return `${cpu}, ${platform}, Node ${node} (V8 ${v8})`;
}
