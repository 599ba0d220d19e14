import { operation } from '@millrace/workflow/node-api';
import { consentText, creatorInfo } from '../creator.ts';
import { clientOf } from './post-video.ts';

/** What the creator may post now, and what has to be agreed to. */
export const getCreator = operation({
  label: 'Get Creator',
  hint: 'Name, privacy levels and limits, to be shown before a post',
  params: {},
  async run(run) {
    const creator = await creatorInfo(clientOf(run));
    return {
      ...creator,
      consent: consentText(false),
      consentForBrandedContent: consentText(true),
    };
  },
});
