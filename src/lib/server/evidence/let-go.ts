/**
 * Gives a buffer's memory back at once, where the buffer is all that there is in it. The collector does not see how much hangs on
 * it, and under many uploads it would come late and for everything.
 */
export function letGo(bytes: Uint8Array): void {
	const { buffer, byteLength } = bytes;
	if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength && !buffer.detached) buffer.transfer(0);
}
