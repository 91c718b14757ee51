/** To come. */
export default function ReportPage() {
  return null;
}
