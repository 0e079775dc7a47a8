import { answerVisit } from '../answer.ts';
import type { RequestHandler } from './$types';

/** How far an upload has come, the pieces that follow, and its end. What was sent is read nowhere here. */
export const HEAD: RequestHandler = answerVisit;
export const PATCH: RequestHandler = answerVisit;
export const DELETE: RequestHandler = answerVisit;
