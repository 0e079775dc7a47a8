import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import type { RequestEvent } from './$types';

const isId = (text: string) => v.is(v.pipe(v.string(), v.uuid()), text);

/** The case behind the address as this person may see it; who is blind to its outcome is led to their second look at it. */
export async function openCase({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
	const { staff, db } = locals;
	if (!staff || !isId(params.id)) error(404);
	const access = await findCaseAccess(db, { applicationId: params.id, staff });
	if (!access) error(404);
	if (access.isBlind) redirect(303, `/desk/${params.id}/second?led`);
	return { db, staff, access, applicationId: params.id };
}
