import type { RequestEvent } from '@sveltejs/kit';
import { answerUpload } from '#lib/server/evidence/upload-door.ts';
import { ownerOf } from '../../owner.ts';
import { doorRefusalWords } from '../refusal-words.ts';

/** Answers for the signed-in cardholder and the account they look at. */
export async function answerVisit({ locals, request, url }: RequestEvent): Promise<Response> {
	const owner = await ownerOf(locals);
	return answerUpload(request, { db: locals.db, owner, origin: url.origin, words: doorRefusalWords });
}
