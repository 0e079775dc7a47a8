import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { DataStore, Server, Upload as TusUpload } from '@tus/server';
import * as v from 'valibot';
import { type EvidenceRefusal, DEFAULT_EVIDENCE_LIMITS } from '#lib/domain/application/evidence-limits.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { beginUpload } from '#lib/server/evidence/begin-upload.ts';
import { endUpload } from '#lib/server/evidence/end-upload.ts';
import { finishUpload, type FinishRefusal } from '#lib/server/evidence/finish-upload.ts';
import { asFarAsItComes } from '#lib/server/evidence/intake.ts';
import { selectUpload, type Upload } from '#lib/server/evidence/upload.repository.ts';
import { writePiece } from '#lib/server/evidence/write-piece.ts';
import { log } from '#lib/server/log.ts';
import { isFull } from '#lib/server/storage/object-store.ts';

/** Why an upload in pieces ends for good. */
export type DoorRefusal = FinishRefusal | EvidenceRefusal | 'storage_full';

/** Where uploads in pieces come in; each has an address below it. */
export const UPLOAD_PATH = '/documents/upload';

const isId = (text: string) => v.is(v.pipe(v.string(), v.uuid()), text);

/** What tus is told of a file, in its metadata. */
const ASKED = v.object({
	client: v.pipe(v.string(), v.uuid()),
	kind: v.pipe(v.string(), v.maxLength(60)),
	filename: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1_000))), ''),
	replaces: v.optional(v.nullable(v.pipe(v.string(), v.uuid())), null),
	consent: v.optional(v.nullable(v.string()), null),
});

class Refused extends Error {
	readonly refusal: DoorRefusal;
	constructor(refusal: DoorRefusal) {
		super(refusal);
		this.refusal = refusal;
	}
}

/** A fault of the request, in the protocol's own terms. */
class Fault extends Error {
	readonly status_code: number;
	readonly body: string;
	constructor(status: number, body: string) {
		super(body);
		this.status_code = status;
		this.body = body;
	}
}

interface Visit {
	readonly db: Db;
	readonly owner: Owner;
	/** Our own address, the only one that browsers may ask from. */
	readonly origin: string;
	/** What a refusal says to its reader. */
	readonly words: (refusal: DoorRefusal) => string;
}

/**
 * Answers a request of the tus protocol (resumable uploads, 1.0.0) for one person: whatever address they ask for, only their own uploads
 * are there. Any process can go on with an upload that another began.
 */
export async function answerUpload(request: Request, visit: Visit): Promise<Response> {
	const server = new Server({
		path: UPLOAD_PATH,
		datastore: new OwnUploads(visit),
		maxSize: DEFAULT_EVIDENCE_LIMITS.bytesPerFile,
		allowedOrigins: [visit.origin],
		relativeLocation: true,
		generateUrl: (_request, { id }) => `${UPLOAD_PATH}/${id}`,
		onUploadFinish: async (_request, { id }) => {
			const { db, owner } = visit;
			const outcome = await finishUpload(db, { owner, uploadId: id, at: now() });
			if (!outcome.ok) throw new Refused(outcome.refusal);
			return {};
		},
		onResponseError: (_request, fault) => answerTo(fault, visit),
	});
	if (!request.body) return server.handleWeb(request);
	const body = ReadableStream.from(asFarAsItComes(request.body));
	return server.handleWeb(new Request(request, { body, duplex: 'half' } as unknown as RequestInit));
}

/** A refusal in words, a fault of the protocol as it is, and nothing of what went wrong inside. */
function answerTo(fault: unknown, { words }: Visit): { status_code: number; body: string } | undefined {
	const refusal = refusalIn(fault);
	if (refusal === 'upload_gone') return { status_code: 404, body: '' };
	if (refusal) {
		const status_code = refusal === 'storage_full' ? 507 : 422;
		return { status_code, body: JSON.stringify({ refusal, text: words(refusal) }) };
	}
	if (statusOf(fault) !== undefined) return undefined;
	log.error({ route: UPLOAD_PATH, fault }, 'an upload was answered with a fault');
	return { status_code: 500, body: '' };
}

function refusalIn(fault: unknown): DoorRefusal | undefined {
	if (fault instanceof Refused) return fault.refusal;
	if (isFull(fault)) return 'storage_full';
	// What is announced as larger than any file may be, tus refuses before we are asked.
	return statusOf(fault) === 413 ? 'file_too_large' : undefined;
}

function statusOf(fault: unknown): unknown {
	return typeof fault === 'object' && fault !== null && 'status_code' in fault ? fault.status_code : undefined;
}

/** One person's uploads, as tus wants to see them. */
class OwnUploads extends DataStore {
	override extensions = ['creation', 'termination'];
	readonly #visit: Visit;
	constructor(visit: Visit) {
		super();
		this.#visit = visit;
	}

	override async create(file: TusUpload): Promise<TusUpload> {
		const said = v.safeParse(ASKED, file.metadata ?? {});
		if (!said.success) throw new Fault(400, 'Invalid metadata\n');
		const { client, kind, filename, replaces, consent } = said.output;
		const { db, owner } = this.#visit;
		const asked = {
			clientId: client,
			kind,
			fileName: filename ?? '',
			replacesId: replaces,
			consented: consent === 'on',
			byteSize: file.size ?? 0,
		};
		const begun = await beginUpload(db, { owner, asked, at: now() });
		if (!begun.ok) throw new Refused(begun.refusal);
		// Its address is made from this.
		file.id = begun.upload.id;
		return file;
	}

	override async write(stream: Readable, id: string, offset: number): Promise<number> {
		const { db, owner } = this.#visit;
		const upload = await this.#find(id);
		if (upload.received !== offset) throw overtaken();
		const written = await writePiece(db, { upload, cardholderId: owner.cardholderId, source: stream });
		if (written.ok) return written.received;
		throw written.refusal === 'overtaken' ? overtaken() : new Refused(written.refusal);
	}

	override async getUpload(id: string): Promise<TusUpload> {
		const { received, byteSize } = await this.#find(id);
		return new TusUpload({ id, size: byteSize, offset: received });
	}

	override async remove(id: string): Promise<void> {
		await this.#find(id);
		await endUpload(this.#visit.db, { uploadId: id, cardholderId: this.#visit.owner.cardholderId });
	}

	async #find(id: string): Promise<Upload> {
		const { db, owner } = this.#visit;
		const upload = isId(id) ? await selectUpload(db, id, owner.cardholderId) : undefined;
		if (!upload) throw new Refused('upload_gone');
		return upload;
	}
}

/** Other bytes were there first: the sender asks how far it is, and goes on from there. */
const overtaken = () => new Fault(409, 'Upload-Offset conflict\n');
