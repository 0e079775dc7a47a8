import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Loads the demo book relative to `today`, and says with what its staff sign in. */
export async function loadDemo(
	_db: Db,
	_options: { readonly today: Day },
): Promise<{ staff: { role: string; login: string; password: string }[] }> {
	return await Promise.resolve({ staff: [] });
}
