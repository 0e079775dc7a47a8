import { redirect } from '@sveltejs/kit';
import { today } from '#lib/server/clock.ts';
import { readPay } from '#lib/server/debt/read-pay.ts';
import { ownerOf } from '../../owner.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	const read = await readPay(locals.db, { owner: await ownerOf(locals), today: today() });
	if (!read.ok && read.refusal === 'not_found') redirect(303, '/debt');
	if (!read.ok) return { view: 'checked' as const, cardLast4: read.cardLast4 };
	return { view: 'pay' as const, pay: read.pay };
};
