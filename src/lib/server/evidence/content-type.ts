import { fileTypeFromBuffer } from 'file-type';
import type { EvidenceType } from '#lib/server/db/tables/application.ts';

/** So many of a file's first bytes tell what it is. */
export const HEAD_BYTES = 4_100;

/** What a file is by its first bytes, whatever its name says; undefined for everything that is not taken. */
export async function contentTypeOf(head: Uint8Array): Promise<EvidenceType | undefined> {
	return TAKEN[(await fileTypeFromBuffer(head))?.mime ?? ''];
}

const TAKEN: Readonly<Record<string, EvidenceType | undefined>> = {
	'image/jpeg': 'image/jpeg',
	'image/png': 'image/png',
	'image/webp': 'image/webp',
	'image/heic': 'image/heic',
	'image/heif': 'image/heic',
	'application/pdf': 'application/pdf',
};

/** Why a file is not taken that is nothing of what is: by its name it should have been, or not even by that. */
export type NotTaken = 'renamed' | 'not_supported';

/** Why a file is not taken whose content is nothing that is: whether its name had promised so. */
export function notTaken(fileName: string): NotTaken {
	return PROMISED.test(fileName) ? 'renamed' : 'not_supported';
}

/** The endings of what is taken. */
const PROMISED = /\.(jpe?g|jfif|png|webp|hei[cf]|pdf)$/i;
