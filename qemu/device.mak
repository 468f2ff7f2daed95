# SPDX-License-Identifier: GPL-2.0-or-later
CONFIG_ESP32C3=y
