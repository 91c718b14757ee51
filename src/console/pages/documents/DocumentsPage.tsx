/** To come. */
export default function DocumentsPage() {
  return null;
}
