import { sign, verify } from 'node:crypto';

/**
 * The key of synthetic firmware. It protects nothing: it is public, and real phones reject what it
 * signs, because they only trust Cisco's keys. It lets virtual phones check a signature the way
 * real ones do.
 */
export const labPrivateKey = `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDw5IHCHAAhJkIG
vtODAJXIr5a14YdL5NZK3l79cPNWXPIScWOY6mzLE7BhrF7LgCNcfFyKcbkWDzY+
2fQM4n7m8/ZXEmW+lQGU5woekWgl/9PTybRHbTx3rhJNp7rQfvyE7fk6DCmWdGcb
VO/OLikI8xAg/pEDojy3GZtlDEoS0CkhXDGO9Lb/5fCQSqudW0D3mjyGC/mYT0rp
dc9RioN+kiA8KHkSJTVovFofN9zFfXMOEpSl5yEsTyONVTNzTiEZYfZ/RlzqxpLJ
QcDkkKr2i8HECAxysQArlt0o2rj58+W0UAPhYZnyp9MGBJ8uAoNDRJOtp7cz42mw
bUJlJMD/AgMBAAECggEAUgRjH51b9+1oNpa7OhO1a8ZI6HU4lQD9azFKIz1VRHbR
3rCnifVrBDuYZrEC94ORxpf7BBITQ+z6+axImSh2r5ipq1yyspBWIQYG3oCAdsuj
Ki03Schp+Y+VYMY2Z22M+Y9yty5T7IuGXXpuSYNS6l6jg7BY3GVdCbRYwa9M+xkm
ehm5nil1LWSJRWNYfmMnJsztM76n5zEnUqz+5lZFhuWg84tqv5c4FzIeGMz+H9Fx
U9PurdovddfBJK6+BrrdSIGu+8r3OM+cz/5DRCZgNPGeA6gB6hPtC1kGo4seYF8b
z8jVsmOwicVCUkksxU/oOZkQEZLuiK7mWpS7zsz1nQKBgQD+I6m+TXe6OCxJVLvX
370vxO3rPB1ZlXOR3n011FIMWEiDtQaASqXzL64ddRg8KHZwgxxO36TuRtmY3YwP
DkJlNokI8W8TxqKdZJgOT3vg1Mq/pIvK1tlB7qoM1LVe0+gI+BNGuJXEk59cT6RE
x2xmijifQ2gqWgiaXi4e2JUAtQKBgQDyqAPsHjypLdZLHLBVwpbZrO1bc6kdbEPC
OR34ujbSFOYLu4IE87Dk3QMX7HEETyGr1V3JV5TRL/BHWmOAZtksPdDxZFsKP9rn
U4WD0G3DbBsd4luOyqL+w5fFcK0N4f7CFE0mrD4Eolo8Tykjpv447cjBlrA8THJR
+X9I9LtvYwKBgQDdYy3klNGezH5v5zu4A7VoHrJwAK9Esfe6c8o5kVtkW6fX7GPc
cKr+HWQdTzssdMcwnlaTsymXVOsLyrvPBcn7J7Xar4/m91wDpnT7ymwM4PI6XlpU
+jLKx+ElSksxb4IsBgeszPHTDBKANPTR4bPh47kNrIfalRH3f+HHhz7OHQKBgBsW
jnmJVpQ8PbPc3AJ22ogqOcT/wF08fMPtxF7DyuLg2l1s7TLIUXL7CSFej68/di7M
fs+/Kym/BD+y43CuCohZzj1kSpV2U2WHeVwhpF8wbkaDwlzKWi++fe7YiTkHhXz8
7y/mAnZZ+WDKJXmJZs/MG6EgxUO19P0ZsQ/f4hypAoGBAN/G8tVR5ZB8WmDDZy0o
XFhHG8HsMPlcaiqdNwjcuYyaL/etKsj7ypilhlzXYHDzg4AQAXvgu+B/i6RYX2zj
6V06DESQJyg19u5oW4UV5eWGwOQiuvedsLkWseHqHlVcuLbmqELXaMwkdGEnCrTX
vMui6gDP98m4zr0bOKiNpRM1
-----END PRIVATE KEY-----
`;

/** The public half of `labPrivateKey`. */
export const labPublicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA8OSBwhwAISZCBr7TgwCV
yK+WteGHS+TWSt5e/XDzVlzyEnFjmOpsyxOwYaxey4AjXHxcinG5Fg82Ptn0DOJ+
5vP2VxJlvpUBlOcKHpFoJf/T08m0R208d64STae60H78hO35OgwplnRnG1Tvzi4p
CPMQIP6RA6I8txmbZQxKEtApIVwxjvS2/+XwkEqrnVtA95o8hgv5mE9K6XXPUYqD
fpIgPCh5EiU1aLxaHzfcxX1zDhKUpechLE8jjVUzc04hGWH2f0Zc6saSyUHA5JCq
9ovBxAgMcrEAK5bdKNq4+fPltFAD4WGZ8qfTBgSfLgKDQ0STrae3M+NpsG1CZSTA
/wIDAQAB
-----END PUBLIC KEY-----
`;

/** Bytes of a signature by the lab key. */
export const labSignatureLength = 256;

/** RSA PKCS#1 v1.5 with SHA-1, as on firmware. RFC 8017 section 8.2. */
export function signLab(data: Uint8Array): Uint8Array {
  return sign('sha1', data, labPrivateKey);
}

export function verifyLab(data: Uint8Array, signature: Uint8Array): boolean {
  return verify('sha1', data, labPublicKey, signature);
}
