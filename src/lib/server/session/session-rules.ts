import * as v from 'valibot';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findSessionSetting } from '#lib/server/session/session-setting.repository.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const schema = v.object({ keptFormMinutes: whole, endedSessionHours: whole });

/** What a bank may set about the end of sessions. */
export interface SessionRules {
	/** How long a form that came too late waits for its owner to sign in again. */
	readonly keptFormMinutes: number;
	/** How long it is remembered whose session it was, so that such a form has an owner. */
	readonly endedSessionHours: number;
}

/** The setting `session`. Throws where it is missing or makes no sense. */
export async function getSessionRules(db: DbOrTrx): Promise<SessionRules> {
	return v.parse(schema, await findSessionSetting(db));
}
