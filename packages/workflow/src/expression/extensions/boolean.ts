import { typeError } from '../values.ts';
import type { Extensions } from './extension.ts';

const toNumber = {
  description: '1 for true, 0 for false',
  returns: 'Number',
  run: (_: unknown, self: boolean) => Number(self),
};

/** Methods of booleans. */
export const BOOLEAN_EXTENSIONS: Extensions<boolean> = {
  toBoolean: {
    description: 'The value itself',
    returns: 'Boolean',
    isHidden: true,
    run: (_, self) => self,
  },
  toInt: { ...toNumber, isHidden: true },
  toFloat: { ...toNumber, isHidden: true },
  toNumber,
  toDateTime: {
    description: 'Not possible',
    isHidden: true,
    run: () => {
      throw typeError('a boolean is no date');
    },
  },
};
