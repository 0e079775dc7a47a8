/** The process in which strangers' files are decoded: one job, one answer, and it ends. What it breaks goes with it. */
import type { DecodeJob, Decoded } from '#lib/server/evidence/decode/job.ts';

/** Each job loads its own decoder alone. */
async function run(job: DecodeJob): Promise<Decoded> {
	if (job.kind === 'image') {
		const { redrawImage } = await import('#lib/server/evidence/decode/redraw-image.ts');
		return redrawImage(job);
	}
	const { drawPdfPage, inspectPdf } = await import('#lib/server/evidence/decode/draw-pdf.ts');
	return job.kind === 'pdf' ? inspectPdf(job) : drawPdfPage(job);
}

process.once('message', (job: DecodeJob) => {
	const unreadable: Decoded = { ok: false, refusal: 'unreadable' };
	void run(job)
		.catch(() => unreadable)
		.then((decoded) => process.send?.(decoded, () => process.exit(0)));
});
