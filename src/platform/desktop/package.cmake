# What an installation consists of, and the .deb and the .tar.gz that cpack makes of it.

include(GNUInstallDirs)
set(package_files "${CMAKE_CURRENT_LIST_DIR}/package")
set(doc_folder "${CMAKE_INSTALL_DATADIR}/doc/activation-lab")

# The archive brings GLFW along in a folder of its own, where the program looks first; with the .deb
# comes Debian's.
set(private_libraries "${CMAKE_INSTALL_LIBDIR}/activation-lab")
file(RELATIVE_PATH library_place "/${CMAKE_INSTALL_BINDIR}" "/${private_libraries}")
set_target_properties(activation-lab PROPERTIES INSTALL_RPATH "$ORIGIN/${library_place}")

install(TARGETS activation-lab COMPONENT program)
install(FILES "${package_files}/activation-lab.desktop" COMPONENT program
  DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
install(FILES "${package_files}/activation-lab.xml" COMPONENT program
  DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages")
install(FILES web/favicon.svg RENAME activation-lab.svg COMPONENT program
  DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
install(FILES "${package_files}/copyright" COMPONENT program DESTINATION "${doc_folder}")
install(DIRECTORY "${LAB_FONTS_DIR}/licenses" COMPONENT program DESTINATION "${doc_folder}")
install(FILES "${LAB_IMGUI_DIR}/LICENSE.txt" RENAME DearImGui.txt COMPONENT program
  DESTINATION "${doc_folder}/licenses")

get_target_property(glfw_library glfw IMPORTED_LOCATION_NONE)
if(NOT glfw_library)
  get_target_property(glfw_library glfw LOCATION)
endif()
get_filename_component(glfw_real "${glfw_library}" REALPATH)
install(FILES "${glfw_real}" RENAME libglfw.so.3 COMPONENT bundled DESTINATION "${private_libraries}")
install(FILES /usr/share/doc/libglfw3/copyright RENAME GLFW.txt COMPONENT bundled OPTIONAL
  DESTINATION "${doc_folder}/licenses")
install(FILES "${package_files}/README.txt" COMPONENT bundled DESTINATION .)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME activation-lab)
set(CPACK_PACKAGE_CONTACT "Activation Lab <nobody@activation-lab.invalid>")  # there is no address
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "See what activation functions do to a neural network")
set(CPACK_PACKAGE_DESCRIPTION
  "A playground that shows what non-linear activation functions do to a neural network, in English\n\
and Simplified Chinese: tensors, curves, networks that train before one's eyes, comparisons over\n\
many seeds, and the way of gradients through deep networks. Figures are saved as SVG and PNG.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1-mesa-dri, zenity | kdialog")
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/package/generator.cmake")
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # ./lab has built it
include(CPack)
