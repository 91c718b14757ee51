/** To come. */
export default function NewImportPage() {
  return null;
}
