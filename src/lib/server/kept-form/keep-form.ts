import type { Cookies } from '@sveltejs/kit';
import { type Field, fieldsToKeep } from '#lib/domain/access/kept-form.ts';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import { seal } from '#lib/server/crypto/seal.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { ensureKeptBrowser } from '#lib/server/kept-form/kept-cookie.ts';
import { saveKeptForm } from '#lib/server/kept-form/kept-form.repository.ts';
import { sealContext } from '#lib/server/kept-form/seal-context.ts';
import { getSessionRules } from '#lib/server/session/session-rules.ts';

/** What is sealed: the action's query, the fields, and whether files came along, which are never kept. */
export interface KeptBody {
	readonly query: string;
	readonly fields: readonly Field[];
	readonly hadFiles: boolean;
}

/** Who sent the form, and what it looked at then. */
export interface FormOwner {
	readonly kind: SessionKind;
	readonly ownerId: string;
	readonly accountId: string | null;
}

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/;
/** What is kept is thrown away there, or kept by itself: no page to come back to. */
const NEVER = ['/resume', '/staff/resume', '/draft', '/draft/offline'];
const MOST_FIELDS = 300;
const LARGEST = 64 * 1024;
const MINUTE_MS = 60_000;

/**
 * Keeps a form that came after its session's end, sealed, for its owner in this browser, and returns whether there was
 * anything to keep. Of a large body, which brings files, only the page is noted.
 */
export async function keepForm(
	db: Db,
	{ owner, request, url, cookies }: { owner: FormOwner; request: Request; url: URL; cookies: Cookies },
): Promise<boolean> {
	if (NEVER.includes(url.pathname)) return false;
	if (request.method !== 'POST' || !FORM.test(request.headers.get('content-type') ?? '')) return false;
	const body = await readBody(request, url.search);
	if (!body) return false;
	const { keptFormMinutes } = await getSessionRules(db);
	const { kind, ownerId, accountId } = owner;
	const keeper = { kind, ownerId, browserHash: ensureKeptBrowser(cookies) };
	const createdAt = now();
	const form = {
		accountId,
		path: url.pathname,
		bodySealed: seal('kept-form', JSON.stringify(body), sealContext(keeper, url.pathname)),
		createdAt,
		expiresAt: new Date(createdAt.getTime() + keptFormMinutes * MINUTE_MS),
	};
	await saveKeptForm(db, keeper, form);
	return true;
}

async function readBody(request: Request, query: string): Promise<KeptBody | undefined> {
	if (Number(request.headers.get('content-length') ?? Infinity) > LARGEST) return { query, fields: [], hadFiles: true };
	// What cannot be read is nothing to keep.
	const data = await request.formData().catch(() => undefined);
	if (!data) return undefined;
	const entries = [...data].slice(0, MOST_FIELDS);
	const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
	const hadFiles = entries.some(([, value]) => typeof value !== 'string' && value.size > 0);
	return { query, fields: fieldsToKeep(texts), hadFiles };
}
