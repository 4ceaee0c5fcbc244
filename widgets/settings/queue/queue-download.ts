/** Hands a file to the browser's own download, from memory. */
export interface DownloadedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
}

export function saveFile({ fileName, mediaType, text }: DownloadedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download holds its own reference once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
