#include <stdio.h>
#include "a.h"
 # include "b/c.h"
#include CONFIG
__asm__(".incbin \"x\"");
import Foundation
@testable import struct Glibc.stat
void app_main(void) {}
