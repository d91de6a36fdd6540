import { javaPhone } from './lint-base-tree.ts';
import { seed, edit, type Seed } from './lint-seed.ts';

const java = `SEP${javaPhone}.cnf.xml`;
const xmlDefault = 'XMLDefault.cnf.xml';
const javaLoad = 'SIP42.9-4-2SR3-1S';

export const phoneFiles: readonly Seed[] = [
  seed(
    'element-case',
    java,
    'dtmfdblevel',
    edit(java, '<dtmfDbLevel>3</dtmfDbLevel>', '<dtmfdblevel>3</dtmfdblevel>'),
  ),
  seed(
    'unknown-element',
    java,
    'enabelVad',
    edit(java, '<enableVad>false</enableVad>', '<enabelVad>false</enabelVad>'),
  ),
  seed('server-missing', java, '<line button="1"', edit(java, 'pbx.example.net', '')),
  seed(
    'line-missing',
    java,
    '<sipProfile>',
    edit(java, '<featureID>9<', '<featureID>21<'),
    edit(java, '<featureID>9<', '<featureID>21<'),
  ),
  seed(
    'line-name-missing',
    java,
    '<line button="1"',
    edit(java, '<name>10011</name>', '<name></name>'),
  ),
  seed(
    'button-repeated',
    java,
    'lineIndex="2"',
    edit(java, '<line button="2"', '<line button="1"'),
  ),
  seed(
    'line-index-repeated',
    java,
    '<line button="2"',
    edit(java, 'lineIndex="2"', 'lineIndex="1"'),
  ),
  seed(
    'button-beyond-model',
    java,
    '<line button="9"',
    edit(java, '<line button="2"', '<line button="9"'),
  ),
  seed(
    'feature-unknown',
    java,
    '<featureID>99<',
    edit(java, '    </sipLines>', `<line button="3"><featureID>99</featureID></line>\n</sipLines>`),
  ),
  seed(
    'busy-trigger',
    java,
    '<busyTrigger>',
    edit(
      java,
      '<sharedLine>',
      '<maxNumCalls>2</maxNumCalls>\n<busyTrigger>4</busyTrigger><sharedLine>',
    ),
  ),
  seed('load-protocol', java, '<loadInformation>', edit(java, 'Protocol>SIP<', 'Protocol>SCCP<')),
  seed(
    'load-model',
    java,
    'Cisco 7945',
    edit(java, '<loadInformation>', '<loadInformation model="Cisco 7945">'),
  ),
  seed(
    'transport-security',
    java,
    'transportLayerProtocol',
    edit(java, 'Protocol>2<', 'Protocol>3<'),
  ),
  seed(
    'device-type-unknown',
    xmlDefault,
    'loadInformation9999',
    edit(xmlDefault, '</Default>', '<loadInformation9999>x</loadInformation9999>\n</Default>'),
  ),
  seed(
    'image-of-other-hardware',
    xmlDefault,
    'Cisco 7962',
    edit(xmlDefault, `>${javaLoad}<`, '>P0S3-8-12-00<'),
  ),
  seed(
    'image-of-other-hardware',
    xmlDefault,
    'Cisco 7962',
    edit(xmlDefault, '404', '30018'),
    edit(xmlDefault, '404', '30018'),
  ),
  seed(
    'device-type-mismatch',
    xmlDefault,
    'loadInformation5',
    edit(
      xmlDefault,
      '</Default>',
      `<loadInformation5 model="Cisco 7961"></loadInformation5>\n</Default>`,
    ),
  ),
  seed(
    'device-type-repeated',
    xmlDefault,
    '<!-- second -->',
    edit(
      xmlDefault,
      '</Default>',
      `<loadInformation683>a</loadInformation683>\n<loadInformation683>b</loadInformation683><!-- second -->\n</Default>`,
    ),
  ),
];
