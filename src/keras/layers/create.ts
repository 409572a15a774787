// Registers tfjs-layers' own classes.
import '@tensorflow/tfjs-layers';
import {serialization} from '@tensorflow/tfjs-core';

type Described = string | {className: string; config: serialization.ConfigDict} | null | undefined;

/** An object that knows its configuration: an activation, an initializer, a regularizer, a constraint, a layer. */
export function create<T>(described: Described, otherwise?: Described): T {
  const given = described ?? otherwise;
  if (given === null || given === undefined) return undefined as T;
  const {className, config} = typeof given === 'string' ? {className: given, config: {}} : given;
  const [cls, fromConfig] = serialization.SerializationMap.getMap().classNameMap[registeredName(className)];
  return fromConfig(cls, {...config}) as T;
}

/** Initializers may be named as options are (`zeros`, `glorotUniform`), and are registered as classes are. */
function registeredName(name: string): string {
  const {classNameMap} = serialization.SerializationMap.getMap();
  return Object.hasOwn(classNameMap, name) ? name : name[0].toUpperCase() + name.slice(1);
}
