import { answerVisit } from './answer.ts';
import type { RequestHandler } from './$types';

/** The upload of a page in pieces begins. */
export const POST: RequestHandler = answerVisit;
