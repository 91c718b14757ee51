import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 宁科贷接口签名示例（JDK 11 以上，只用标准库，单文件直接运行）。
 *
 *   export NKD_URL=https://nkd.example.gov.cn NKD_KEY=nkd_…
 *   java Nkd.java GET  '/api/v1/loan-filings?limit=5'
 *   java Nkd.java POST /api/v1/loan-filings filing.json
 *   java Nkd.java upload loanFilings yinchuan all filings.csv
 *
 * 重发同一请求时带上相同的 IDEMPOTENCY_KEY 环境变量。出错时退出码为 1，答复照样输出。
 */
public class Nkd {
  static final SecureRandom RANDOM = new SecureRandom();

  public static void main(String[] args) throws Exception {
    HttpResponse<byte[]> answer;
    if (args[0].equals("upload")) {
      String boundary = "nkd" + randomHex();
      byte[] body = form(boundary, args[1], args[2], args[3], Path.of(args[4]));
      answer = send("POST", "/api/v1/imports", body, "multipart/form-data; boundary=" + boundary);
    } else {
      byte[] body = args.length > 2 ? Files.readAllBytes(Path.of(args[2])) : new byte[0];
      answer = send(args[0], args[1], body, "application/json");
    }
    System.out.write(answer.body());
    System.out.flush();
    System.exit(answer.statusCode() < 400 ? 0 : 1);
  }

  /** 签名头：方法、路径（连同查询串，按发送的原样）、时间、随机数、正文的 SHA-256，各占一行。 */
  static String authorization(String key, String method, String path, byte[] body) throws Exception {
    String[] parts = key.split("_");
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String nonce = randomHex();
    String text = String.join("\n", method, path, time, nonce, hex(sha256(body)));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(sha256(utf8(parts[2])), "HmacSHA256"));
    String signature = hex(mac.doFinal(utf8(text)));
    return "NKD-HMAC-SHA256 KeyId=" + parts[1] + ",Time=" + time + ",Nonce=" + nonce + ",Signature=" + signature;
  }

  static HttpResponse<byte[]> send(String method, String path, byte[] body, String type) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(System.getenv("NKD_URL") + path))
        .header("Authorization", authorization(System.getenv("NKD_KEY"), method, path, body));
    String repeated = System.getenv("IDEMPOTENCY_KEY");
    if (repeated != null && !repeated.isEmpty()) request.header("Idempotency-Key", repeated);
    if (body.length > 0) {
      request.header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    } else {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** 表单正文。签名覆盖的是这些字节，所以先拼好再签。 */
  static byte[] form(String boundary, String kind, String pool, String mode, Path file) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String[][] fields = {{"kind", kind}, {"poolCode", pool}, {"mode", mode}};
    for (String[] field : fields) {
      String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field[0] + "\"\r\n\r\n";
      body.write(utf8(head + field[1] + "\r\n"));
    }
    String name = file.getFileName().toString();
    body.write(utf8("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n"));
    body.write(utf8("Content-Type: application/octet-stream\r\n\r\n"));
    body.write(Files.readAllBytes(file));
    body.write(utf8("\r\n--" + boundary + "--\r\n"));
    return body.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] sha256(byte[] data) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(data);
  }

  static String randomHex() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return hex(bytes);
  }

  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) text.append(String.format("%02x", b));
    return text.toString();
  }
}
