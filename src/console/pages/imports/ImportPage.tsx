/** To come. */
export default function ImportPage() {
  return null;
}
