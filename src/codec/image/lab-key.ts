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

const oldPrivateKey = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC6/8/LD2mXOitT
bV8F7cLhYN1hCLIUjoa0OBrq1RtZJLPMaXGaqBE6BmU3CH7T10xVix2MjUEbCysg
H4swjieFbRNWac9Al5S/tqNbMcITH2mESNM2HbYh2ff56oGHIdj5iMt/TTl1lCbb
GcLTQ22uqWUSccMP3nNd7/kERE6T0TPBG8312OjfBTRY7bzuQ4M5TcEaCp1MXRZs
NPrpUmatKO2PYYJXJoHKIpnXemwA3RX9prggdeb0nygXJJ9ZpTOWwaJouUWGcKuF
ZUqkjJ9l/1LGGLgxIbgSAPOBL+Gzw9lZ5k/fZZdQDtU31xXlKjJl17viqN+TLBG2
yIXdKmcBAgMBAAECggEAT6NbVODi+K8ivXxyP/2ihcZxcX45DQ0n6/+K4yDP7VZ2
piLv6UwTThFkMJxTGxfxX+sHshCEPiay/pLAffTEewvZdO9J/vmvNThseI2H2AoE
L3yuSrk7lE4WUB5hfHHbTGZIOBZk1qC6LYxajwuD3iMxMro1NwBnRIXLGNiYWFXA
8PHO1P5TAIiD6XEoB7I57uStiV9FslO2OkSJOXy6zvl5xJJb2kL18IC8GHXj8KRD
3DXhzn2DKlrtaA1pph6+2++5HwZIRDLYoUk2kpa+3xNL5HNRY9U0nw/m77/KeMLL
9/JF3H0cCo/1foji0dCmSaGdUFTUeJTOTuMh6i5Q4wKBgQDla5nf7Spe0/0fhpG4
A8RDlnaMqwT81ZLAE3ANTf+hgsXsT9jQJ+5GvQR2G9hhJnAFOS89/buICCbe7GCq
vVdsCM1r0v55zQZ+hxopZIE2pmt5aVQunqQZQAgAo3/lhS0uuJq98yFjSJUZEoHZ
nMOmephRWiOKhH6HUqiaXI4ckwKBgQDQqgplPxp8kgqO7mhHL7LjAVTVCI6I3022
5dlA9pdqpxWd9FD+fcNAYW+Z8l0M2jtGOkpN0R7IITkINugPV7Jph2P4l6ukBKJ9
aevVEDVw53AydpS0udalXLJh8IsY30BYVvPXBOOvJU7awOFg5EcC/VKIDe7yc+K+
q7WgGq6+mwKBgQC/qaAYukseg93A26ybXdI2YNpTdICrNUXvX43KH7KDXPw7Cw3o
AKQIxtqWTXb82p7VTkvQb0yfPagzrqinm50QbV4oSVI9sXJOfFH36LYmUOwSt1MT
y4bubVcCKZWsyxDPKnxkWl03U6j0FEkU4ul1CJB9zl9I1p3aMc0XgGFdLwKBgGte
M38pWz2h/+DP98Q5XPjFpJsBjiYLkPd9ia6NtBfi5ZKjNlHc8GzeNgim1w5X9IwM
TlOAOTCNN8VsSzgpzdnTGrO9h0ocQGf76qd1caoozGiK77WWskXgTsFqfohLx9Ys
18dZ8rYaolqZSN8MVyXIp4Duency/gdSX2CEmknlAoGAczvM2njdcpQJjRntfhmo
yifVxHTF4VrFTh02v30v2mY1XEb6C7L5iDAUsO5DQJC8AgdrqO3vWmZwChYlWVQr
YLZqnahm23HY5bIACsWSDMn0FxIjGtPso8HugouvU1CGGbkcGatFuegClznT+VNE
PeiytzgSwwpApz1iMes36/4=
-----END PRIVATE KEY-----
`;

const oldPublicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuv/Pyw9plzorU21fBe3C
4WDdYQiyFI6GtDga6tUbWSSzzGlxmqgROgZlNwh+09dMVYsdjI1BGwsrIB+LMI4n
hW0TVmnPQJeUv7ajWzHCEx9phEjTNh22Idn3+eqBhyHY+YjLf005dZQm2xnC00Nt
rqllEnHDD95zXe/5BEROk9EzwRvN9djo3wU0WO287kODOU3BGgqdTF0WbDT66VJm
rSjtj2GCVyaByiKZ13psAN0V/aa4IHXm9J8oFySfWaUzlsGiaLlFhnCrhWVKpIyf
Zf9Sxhi4MSG4EgDzgS/hs8PZWeZP32WXUA7VN9cV5SoyZde74qjfkywRtsiF3Spn
AQIDAQAB
-----END PUBLIC KEY-----
`;

/** Bytes of a signature by a lab key. */
export const labSignatureLength = 256;

/** A pair of keys in PEM. */
export type LabKey = { readonly privateKey: string; readonly publicKey: string };

/**
 * As Cisco's Java phones know two keys: `old` for the loads up to 8.5(2), `new` for all later ones.
 * Everything else is signed by the new one.
 */
export const labKeys = {
  old: { privateKey: oldPrivateKey, publicKey: oldPublicKey },
  new: { privateKey: labPrivateKey, publicKey: labPublicKey },
} as const satisfies Record<string, LabKey>;

export type LabKeyName = keyof typeof labKeys;

/** RSA PKCS#1 v1.5 with SHA-1, as on firmware. RFC 8017 section 8.2. */
export function signLab(data: Uint8Array, key: LabKeyName = 'new'): Uint8Array {
  return sign('sha1', data, labKeys[key].privateKey);
}

export function verifyLab(
  data: Uint8Array,
  signature: Uint8Array,
  key: LabKeyName = 'new',
): boolean {
  return verify('sha1', data, labKeys[key].publicKey, signature);
}
