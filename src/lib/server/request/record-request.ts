import type { RequestForm } from '#lib/domain/application/information-request.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { insertRequest } from '#lib/server/request/request.repository.ts';

/** Keeps what an agent asks for, in the transaction that moves the application; returns its id. */
export async function recordRequest(
	trx: Trx,
	request: RequestForm & { applicationId: string; staffId: string; fence: number; at: Date },
): Promise<string> {
	return insertRequest(trx, request);
}
