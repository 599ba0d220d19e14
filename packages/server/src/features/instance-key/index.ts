export { openInstanceKey } from './open-instance-key.ts';
export { rotateKey, type RotateOptions, type Rotation } from './rotate-key.ts';
