# SPDX-License-Identifier: Apache-2.0
# Swift in a build with ESP-IDF: idf_component_register_swift(), with the arguments that it has in Espressif's component
# espressif/idf_swift, so that a project needs no download. ESP-IDF includes this file before it looks at the components.
if(COMMAND idf_component_register_swift)
    return()
endif()
set(ESP32_SWIFT_DIR ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "the component esp32_swift")

# Sets `result` to the arguments with which Swift is compiled for the chip, but for those of a component.
function(__esp32_swift_flags result)
    idf_build_get_property(target IDF_TARGET)
    if(NOT target STREQUAL "esp32c3")
        message(FATAL_ERROR "firmware in Swift is built for the esp32c3 only, not for the ${target}")
    endif()
    # gcc finds the C library's headers by itself; its own ones, beside them, Swift's clang has too.
    execute_process(
        COMMAND ${CMAKE_C_COMPILER} -march=rv32imc -mabi=ilp32 -E -v -x c /dev/null
        ERROR_VARIABLE search OUTPUT_QUIET)
    string(REGEX REPLACE "\n" ";" search "${search}")
    set(libc)
    foreach(line ${search})
        string(STRIP "${line}" folder)
        if(IS_ABSOLUTE "${folder}" AND EXISTS "${folder}/stdio.h")
            list(APPEND libc -Xcc -isystem -Xcc "${folder}")
        endif()
    endforeach()
    set(${result}
        -target riscv32-none-none-eabi -enable-experimental-feature Embedded -D ESP_IDF -wmo -parse-as-library -Osize -g
        -Xfrontend -function-sections -Xcc -fno-blocks -Xcc -march=rv32imc -Xcc -mabi=ilp32 ${libc}
        -Xcc -fmodule-map-file=${ESP32_SWIFT_DIR}/module.modulemap
        PARENT_SCOPE)
endfunction()

# Sets `result` to the arguments that tell Swift of a library's headers and definitions: expressions that become lists
# when the build's files are written.
function(__esp32_swift_headers result library)
    set(between "$<SEMICOLON>-Xcc$<SEMICOLON>")
    set(includes "$<TARGET_PROPERTY:${library},INCLUDE_DIRECTORIES>")
    set(definitions "$<TARGET_PROPERTY:${library},COMPILE_DEFINITIONS>")
    set(${result}
        "-Xcc$<SEMICOLON>-I$<JOIN:${includes},${between}-I>"
        "-Xcc$<SEMICOLON>-D$<JOIN:${definitions},${between}-D>"
        PARENT_SCOPE)
endfunction()

# idf_component_register_swift(LIBRARY SRCS file... [BRIDGING_HEADER file] [FLAGS flag...])
# Compiles Swift sources, as one module, into a component's library. The component requires esp32_swift.
function(idf_component_register_swift library)
    cmake_parse_arguments(PARSE_ARGV 1 swift "" "BRIDGING_HEADER" "SRCS;FLAGS")
    find_program(ESP32_SWIFT_COMPILER swiftc REQUIRED)
    __esp32_swift_flags(flags)
    __esp32_swift_headers(headers ${library})
    idf_build_get_property(build_dir BUILD_DIR)
    set(sources)
    foreach(source ${swift_SRCS})
        get_filename_component(source "${source}" ABSOLUTE BASE_DIR ${CMAKE_CURRENT_LIST_DIR})
        list(APPEND sources "${source}")
    endforeach()
    set(bridge)
    if(swift_BRIDGING_HEADER)
        get_filename_component(header "${swift_BRIDGING_HEADER}" ABSOLUTE BASE_DIR ${CMAKE_CURRENT_LIST_DIR})
        set(bridge -import-objc-header "${header}")
    endif()
    set(object ${CMAKE_CURRENT_BINARY_DIR}/swift.o)
    set(module ${build_dir}/esp32_swift/ESP32.swiftmodule)
    add_custom_command(
        OUTPUT ${object}
        COMMAND ${ESP32_SWIFT_COMPILER} ${flags} ${swift_FLAGS} ${headers} ${bridge} -I ${build_dir}/esp32_swift -module-name Firmware
            -c ${sources} -o ${object}
        DEPENDS ${sources} ${header} ${module}
        COMMENT "Compiling Swift"
        COMMAND_EXPAND_LISTS VERBATIM)
    set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
    target_sources(${library} PRIVATE ${object})
endfunction()
